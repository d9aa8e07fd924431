using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Remote;

/// <summary>What all sources ever had, and when. Known to the checker only.</summary>
public sealed class Truth
{
    private readonly Dictionary<VersionId, List<TrueVersion>> _byId = [];
    private readonly Dictionary<(SourceId, VirtualPath), TrueVersion> _current = [];
    private readonly HashSet<VersionId> _tagged = [];
    private readonly List<TrueVersion> _all = [];
    private int _contents;

    public IReadOnlyList<TrueVersion> All => _all;

    public Content NewContent(int sizeBytes) => new(++_contents, sizeBytes);

    public void Began(SourceId source, VirtualPath path, RemoteFile file, string? tag, DateTimeOffset at)
    {
        Ended(source, path, at);
        var version = new TrueVersion(source, path, file, at);
        _current[(source, path)] = version;
        _all.Add(version);
        Register(version, null);
        if (tag is not null) _tagged.Add(Register(version, tag));
    }

    public void Ended(SourceId source, VirtualPath path, DateTimeOffset at)
    {
        if (_current.Remove((source, path), out var version)) version.Until = at;
    }

    /// <summary>All that ever had this name, in the order in which they came.</summary>
    public IReadOnlyList<TrueVersion> Find(VersionId id) => _byId.TryGetValue(id, out var found) ? found : [];

    /// <summary>True when the version's name rests on a tag, so that it can never name two contents.</summary>
    public bool IsTagged(VersionId id) => _tagged.Contains(id);

    /// <summary>True when size and time at this path already stood for another content.</summary>
    public bool IsAmbiguous(SourceId source, VirtualPath path, RemoteFile file) =>
        Find(Id(source, path, file, null)).Any(version => version.File.Content != file.Content);

    private static VersionId Id(SourceId source, VirtualPath path, RemoteFile file, string? tag) =>
        VersionId.Derive(source, path, new Validator(ValidatorStrength.Weak, file.Content.SizeBytes, file.ModifiedAt, tag));

    private VersionId Register(TrueVersion version, string? tag)
    {
        var id = Id(version.Source, version.Path, version.File, tag);
        if (!_byId.TryGetValue(id, out var versions)) _byId[id] = versions = [];
        versions.Add(version);
        return id;
    }
}
