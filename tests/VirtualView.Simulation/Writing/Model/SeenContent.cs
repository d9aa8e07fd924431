using VirtualView.Core.Outcomes;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>A file as it was read, but for ranges that could not be.</summary>
internal sealed class SeenContent(int sizeBytes)
{
    private readonly bool[] _known = new bool[sizeBytes];

    public int SizeBytes => sizeBytes;

    public byte[] Bytes { get; } = new byte[sizeBytes];

    /// <summary>Why some of it could not be read.</summary>
    public FileSystemError Trouble { get; set; }

    public bool IsWhole => !_known.Contains(false);

    public byte? ByteAt(int at) => _known[at] ? Bytes[at] : null;

    public void Saw(int offset, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Bytes.AsSpan(offset));
        _known.AsSpan(offset, bytes.Length).Fill(true);
    }

    public bool Agrees(byte[] content)
    {
        if (content.Length != sizeBytes) return false;
        for (var at = 0; at < sizeBytes; at++)
        {
            if (_known[at] && Bytes[at] != content[at]) return false;
        }

        return true;
    }

    /// <summary>Its ranges of like bytes: zeros, unknown, or others by their first.</summary>
    public string Describe()
    {
        var text = new System.Text.StringBuilder();
        for (var at = 0; at < sizeBytes;)
        {
            var from = at;
            var kind = Kind(at);
            while (at < sizeBytes && Kind(at) == kind) at++;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{from},{at}) {kind} ");
        }

        return text.ToString();

        string Kind(int at) => !_known[at] ? "unknown" : Bytes[at] == 0 ? "zeros" : "bytes";
    }
}
