using VirtualView.Core.FileSystem;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Overlay.Inodes;

/// <summary>The names of a local directory. Guarded by the gate of <see cref="LocalTree"/>.</summary>
/// <param name="base">The directory of the sources whose other entries show; null for none.</param>
internal sealed class LocalDirectory(VirtualPath? @base)
{
    private readonly Dictionary<PathName, LocalInode?> _entries = [];
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

    public void Set(PathName name, LocalInode? target)
    {
        Remove(name);
        _entries[name] = target;
        if (target is { IsDirectory: true }) _directories++;
    }

    public void Remove(PathName name)
    {
        if (_entries.Remove(name, out var target) && target is { IsDirectory: true }) _directories--;
    }

    public void Clear()
    {
        _entries.Clear();
        _directories = 0;
    }
}
