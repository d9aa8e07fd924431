using System.Text;

namespace VirtualView.Cli;

/// <summary>Tells a standard output that takes nothing from the other failures of files.</summary>
internal sealed class GuardedOutput(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Guard(value, static (writer, one) => writer.Write(one));

    public override void Write(string? value) => Guard(value, static (writer, text) => writer.Write(text));

    public override void Write(char[] buffer, int index, int count) =>
        Guard((buffer, index, count), static (writer, part) => writer.Write(part.buffer, part.index, part.count));

    // In one piece: lines of several processes may share a file.
    public override void WriteLine(string? value) => Guard(value, static (writer, text) => writer.WriteLine(text));

    public override void Flush() => Guard(0, static (writer, _) => writer.Flush());

    private void Guard<T>(T what, Action<TextWriter, T> write)
    {
        try
        {
            write(inner, what);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UnwritableOutputException(refused);
        }
    }
}
