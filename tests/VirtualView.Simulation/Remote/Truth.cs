using VirtualView.Core.Paths;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Remote;

/// <summary>What all sources ever had, and when. Known to the checker only.</summary>
public sealed class Truth
{
    private readonly Dictionary<VersionId, List<TrueVersion>> _byId = [];
    private readonly Dictionary<(SourceId, VirtualPath), TrueVersion> _current = [];
    private readonly HashSet<VersionId> _racy = [];
    private readonly List<TrueVersion> _all = [];
    private readonly Dictionary<SourceId, DateTimeOffset> _lastHidden = [];
    private int _contents;

    public IReadOnlyList<TrueVersion> All => _all;

    public Content NewContent(int sizeBytes) => new(++_contents, sizeBytes);

    public void Began(SourceId source, VirtualPath path, RemoteFile file, string? tag, DateTimeOffset at)
    {
        Ended(source, path, at);
        var version = new TrueVersion(source, path, file, tag, at);
        _current[(source, path)] = version;
        _all.Add(version);
        Register(version, ValidatorStrength.Weak, null);
        _racy.Add(Register(version, ValidatorStrength.Racy, null));
        if (tag is not null) Register(version, ValidatorStrength.Strong, tag);
    }

    public void Ended(SourceId source, VirtualPath path, DateTimeOffset at)
    {
        if (_current.Remove((source, path), out var version)) version.Until = at;
    }

    /// <summary>Since when a source has had some file at a path without a gap; null while it has none.</summary>
    public DateTimeOffset? PresentSince(SourceId source, VirtualPath path)
    {
        DateTimeOffset? since = null, until = null;
        foreach (var version in _all.Where(version => version.Source == source && version.Path == path))
        {
            if (since is null || until != version.From) since = version.From;
            until = version.Until;
        }

        return until is null ? since : null;
    }

    /// <summary>A source begins, or ceases, to show nothing of what it has.</summary>
    public void Hid(SourceId source, DateTimeOffset at, bool isHidden) => _lastHidden[source] = isHidden ? DateTimeOffset.MaxValue : at;

    /// <summary>When a source last showed nothing of what it has: the end of time while it does, null when never.</summary>
    public DateTimeOffset? LastHidden(SourceId source) => _lastHidden.TryGetValue(source, out var at) ? at : null;

    /// <summary>All that ever had this name, in the order in which they came.</summary>
    public IReadOnlyList<TrueVersion> Find(VersionId id) => _byId.TryGetValue(id, out var found) ? found : [];

    /// <summary>True when the name says that a rewrite could still get the same size and time.</summary>
    public bool IsRacy(VersionId id) => _racy.Contains(id);

    /// <summary>True when size and time at this path already stood for another content.</summary>
    public bool IsAmbiguous(SourceId source, VirtualPath path, RemoteFile file) =>
        Find(Id(source, path, file, ValidatorStrength.Weak, null)).Any(version => version.File.Content != file.Content);

    private static VersionId Id(SourceId source, VirtualPath path, RemoteFile file, ValidatorStrength strength, string? tag) =>
        VersionId.Derive(source, path, new Validator(strength, file.Content.SizeBytes, file.ModifiedAt, tag));

    private VersionId Register(TrueVersion version, ValidatorStrength strength, string? tag)
    {
        var id = Id(version.Source, version.Path, version.File, strength, tag);
        if (!_byId.TryGetValue(id, out var versions)) _byId[id] = versions = [];
        versions.Add(version);
        return id;
    }
}
