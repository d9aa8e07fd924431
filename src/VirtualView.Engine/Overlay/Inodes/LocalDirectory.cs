using VirtualView.Core.FileSystem;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>The names of a local directory. Guarded by the gate of <see cref="LocalTree"/>.</summary>
/// <param name="base">The directory of the sources whose other entries show; null for none.</param>
internal sealed class LocalDirectory(VirtualPath? @base)
{
    private readonly Dictionary<PathName, LocalInode?> _entries = [];
    private readonly Dictionary<PathName, HiddenEntry> _hidden = []; // where it is something
    private uint _directories;

    public VirtualPath? Base { get; } = @base;

    /// <summary>What a name leads to; null for a whiteout. What is not in here is what the base has.</summary>
    public IReadOnlyDictionary<PathName, LocalInode?> Entries => _entries;

    /// <summary>The node of the base, with one lookup counted, once it was needed.</summary>
    public NodeId? BaseNode { get; set; }

    public bool HasNames => _entries.Values.Any(target => target is not null);

    /// <summary>
    /// As on a disk, two and one for each directory in it. One, which means that it is not known, where the base's
    /// directories count too: they need not be listed.
    /// </summary>
    public uint Links => Base is null ? 2 + _directories : 1;

    /// <summary>What the sources had under a name when it became local.</summary>
    public HiddenEntry HiddenBy(PathName name) => _hidden.GetValueOrDefault(name) ?? HiddenEntry.Nothing;

    /// <summary>What a name hides stays so until the name is removed.</summary>
    public void Hide(PathName name, HiddenEntry hidden)
    {
        if (hidden.Kind == HiddenKind.Nothing) _hidden.Remove(name);
        else _hidden[name] = hidden;
    }

    public void Set(PathName name, LocalInode? target)
    {
        Take(name);
        _entries[name] = target;
        if (target is { IsDirectory: true }) _directories++;
    }

    public void Remove(PathName name)
    {
        Take(name);
        _hidden.Remove(name);
    }

    public void Clear()
    {
        _entries.Clear();
        _hidden.Clear();
        _directories = 0;
    }

    private void Take(PathName name)
    {
        if (_entries.Remove(name, out var target) && target is { IsDirectory: true }) _directories--;
    }
}
