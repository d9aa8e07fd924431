using System.Collections.Immutable;
using System.Text;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Tests.World;

/// <summary>An overlay journal in memory, that outlives engines.</summary>
internal sealed class MemoryJournal : IOverlayJournal
{
    private readonly Lock _gate = new();
    private Dictionary<LocalId, LocalInodeRecord> _inodes = [];
    private Dictionary<(LocalId, PathName), LocalEntry> _entries = [];
    private Dictionary<(LocalId, string), LocalAttribute> _attributes = [];
    private (Dictionary<LocalId, LocalInodeRecord>, Dictionary<(LocalId, PathName), LocalEntry>, Dictionary<(LocalId, string), LocalAttribute>) _synced = ([], [], []);
    private ulong _last = 1;

    public FileSystemError Failure { get; set; }

    /// <summary>False for the journal of a release that did not.</summary>
    public bool RecordsHidden { get; set; } = true;

    public int Commits { get; private set; }

    public int Syncs { get; private set; }

    public IReadOnlyCollection<LocalInodeRecord> Inodes => _inodes.Values;

    public ValueTask<OverlayImage> LoadAsync(CancellationToken cancel)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(new OverlayImage
            {
                Inodes = [.. _inodes.Values],
                Entries = [.. _entries.Values.Select(entry => RecordsHidden ? entry : entry with { Hidden = HiddenEntry.NotRecorded })],
                Attributes = [.. _attributes.Values],
                LastUsed = new LocalId(_last),
            });
        }
    }

    public FileSystemError Commit(OverlayChanges changes)
    {
        lock (_gate)
        {
            if (Failure != FileSystemError.None) return Failure;
            Commits++;
            foreach (var (directory, name) in changes.RemovedEntries) _entries.Remove((directory, name));
            foreach (var entry in changes.Entries) _entries[(entry.Directory, entry.Name)] = entry;
            foreach (var id in changes.RemovedInodes)
            {
                _inodes.Remove(id);
                foreach (var key in _attributes.Keys.Where(key => key.Item1 == id).ToList()) _attributes.Remove(key);
            }

            foreach (var inode in changes.Inodes)
            {
                _inodes[inode.Id] = inode;
                _last = Math.Max(_last, inode.Id.Value);
            }

            foreach (var (inode, name) in changes.RemovedAttributes) _attributes.Remove((inode, Key(name.Span)));
            foreach (var attribute in changes.Attributes) _attributes[(attribute.Inode, Key(attribute.Name.AsSpan()))] = attribute;
            AssertWhole();
            return FileSystemError.None;
        }
    }

    public ValueTask<FileSystemError> SyncAsync(CancellationToken cancel)
    {
        Syncs++;
        lock (_gate) _synced = (new(_inodes), new(_entries), new(_attributes));
        return ValueTask.FromResult(FileSystemError.None);
    }

    /// <summary>What was committed since the last sync is gone.</summary>
    public void LosePower()
    {
        lock (_gate) (_inodes, _entries, _attributes) = (new(_synced.Item1), new(_synced.Item2), new(_synced.Item3));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Key(ReadOnlySpan<byte> name) => Encoding.Latin1.GetString(name);

    /// <summary>Every commit leaves a tree: names lead to inodes, links are counted right, directories have one name.</summary>
    private void AssertWhole()
    {
        var links = new Dictionary<LocalId, uint>();
        foreach (var (directory, name, target, _) in _entries.Values)
        {
            Assert.True(_inodes.ContainsKey(directory), $"'{name}' lies in {directory}, which is not there");
            if (target is not { } id) continue;
            Assert.True(_inodes.ContainsKey(id), $"'{name}' leads to {id}, which is not there");
            links[id] = links.GetValueOrDefault(id) + 1;
        }

        foreach (var inode in _inodes.Values.Where(inode => inode.Id != LocalId.Root))
            Assert.Equal(links.GetValueOrDefault(inode.Id), inode.Links);
    }
}
