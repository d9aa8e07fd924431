using System.Text;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>
/// Where a key stands, in the form of the configuration system, <c>VirtualView:Mappings:0:At</c>; people read it as
/// <c>Mappings[0].At</c>.
/// </summary>
internal readonly record struct KeyPath(string Path)
{
    public static KeyPath Root { get; } = new(VirtualViewSection.Name);

    public static KeyPath operator /(KeyPath path, string name) => new($"{path.Path}:{name}");

    public static KeyPath operator /(KeyPath path, int index) => new($"{path.Path}:{index}");

    public string AsEnvironmentVariable() => Path.Replace(":", "__", StringComparison.Ordinal);

    public override string ToString()
    {
        var shown = new StringBuilder();
        foreach (var part in Path.Split(':').Skip(1))
        {
            if (part.Length > 0 && part.All(char.IsAsciiDigit)) shown.Append('[').Append(part).Append(']');
            else shown.Append(shown.Length == 0 ? "" : ".").Append(part);
        }

        return shown.Length == 0 ? Path : shown.ToString();
    }
}
