using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace VirtualView.Cli.Configuration.Reading;

/// <summary>
/// The values of a configuration file by key. The usual provider merges sections that stand twice, gives up at the first
/// value that does, and passes over null; here each of these is a mistake, and the rest is read.
/// </summary>
internal sealed class JsonValues : ConfigurationProvider, IConfigurationSource
{
    private readonly List<Mistake> _mistakes = [];

    public JsonValues(string file, JsonElement root)
    {
        File = file;
        Add("", root);
    }

    public string File { get; }

    public IReadOnlyList<Mistake> Mistakes => _mistakes;

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    private void Add(string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                AddMembers(path, element);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray()) Add($"{path}:{index++}", item);
                if (index == 0) Data[path] = "";
                break;
            case JsonValueKind.Null:
                // Of the section as a whole it is said that it is missing.
                if (path.Contains(':', StringComparison.Ordinal)) Refuse(path, "is null; write a value, or leave the key out");
                break;
            default:
                if (!Data.TryAdd(path, element.ToString())) RefuseDuplicate(path);
                break;
        }
    }

    private void AddMembers(string path, JsonElement element)
    {
        // The configuration system knows no case.
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            var key = path.Length == 0 ? member.Name : $"{path}:{member.Name}";
            var isFirst = seen.Add(member.Name);
            if (!isFirst) RefuseDuplicate(key);
            // What stands in the second section has its mistakes too.
            if (isFirst || member.Value.ValueKind == JsonValueKind.Object) Add(key, member.Value);
        }

        if (seen.Count == 0 && path.Length > 0) Data[path] = null;
    }

    private void RefuseDuplicate(string path) => Refuse(path, "duplicate key: it stands there twice, in any case of its letters; write it once");

    /// <summary>What else is in the file is not ours.</summary>
    private void Refuse(string path, string problem)
    {
        if (path.Split(':')[0].Equals(Sections.VirtualViewSection.Name, StringComparison.OrdinalIgnoreCase))
            _mistakes.Add(new Mistake(new KeyPath(path).ToString(), problem, File));
    }
}
