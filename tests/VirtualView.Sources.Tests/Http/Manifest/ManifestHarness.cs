using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources;

namespace VirtualView.Sources.Tests.Http.Manifest;

/// <summary>Writes the manifest anew whenever something has changed, as a publisher of data would.</summary>
internal sealed class ManifestHarness(HostFolder folder, VirtualPath below, ISource source, bool isWholeTree, bool hasHashes) : SourceHarness
{
    private readonly Dictionary<VirtualPath, JsonObject> _entries = [];
    private readonly HashSet<VirtualPath> _directories = [VirtualPath.Root];
    private bool _isWritten;

    public override ISource Source
    {
        get
        {
            if (!_isWritten) Write();
            return source;
        }
    }

    public override void PutFile(VirtualPath path, ReadOnlySpan<byte> content, UnixTime modifiedAt)
    {
        folder.PutFile(below / path, content, modifiedAt);
        var entry = new JsonObject { ["type"] = "file", ["size"] = content.Length, ["modified"] = $"{modifiedAt.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ssZ}" };
        if (hasHashes) entry["sha256"] = Convert.ToHexString(SHA256.HashData(content));
        Note(path, entry);
    }

    public override void PutDirectory(VirtualPath path)
    {
        folder.PutDirectory(below / path);
        Note(path, new JsonObject { ["type"] = "directory" });
        _directories.Add(path);
    }

    public override void Remove(VirtualPath path)
    {
        if (_directories.Remove(path) && !isWholeTree) folder.Remove(below / path / PathName.Of("virtualview-manifest.json"));
        folder.Remove(below / path);
        _entries.Remove(path);
        _isWritten = false;
    }

    private void Note(VirtualPath path, JsonObject entry)
    {
        _entries[path] = entry;
        _isWritten = false;
        for (var above = path.Parent; !above.IsRoot && _directories.Add(above); above = above.Parent)
            _entries[above] = new JsonObject { ["type"] = "directory" };
    }

    private void Write()
    {
        _isWritten = true;
        if (isWholeTree) Write(VirtualPath.Root, "tree", _entries);
        else foreach (var directory in _directories) Write(directory, "directory", _entries.Where(entry => entry.Key.Parent == directory));
    }

    private void Write(VirtualPath directory, string covers, IEnumerable<KeyValuePair<VirtualPath, JsonObject>> entries)
    {
        var list = new JsonArray();
        foreach (var (path, entry) in entries)
        {
            var written = (JsonObject)entry.DeepClone();
            written["path-escaped"] = string.Join('/', path.RelativeTo(directory).Names.Select(Escape));
            list.Add(written);
        }

        var manifest = new JsonObject { ["virtualview-manifest"] = 1, ["covers"] = covers, ["entries"] = list };
        folder.PutFile(below / directory / PathName.Of("virtualview-manifest.json"), JsonSerializer.SerializeToUtf8Bytes(manifest));
    }

    private static string Escape(PathName name)
    {
        var text = new StringBuilder();
        foreach (var value in name.Bytes)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"%{value:X2}");
        return text.ToString();
    }
}
