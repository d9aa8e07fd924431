using System.Collections.Immutable;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>One of the states that the view may be in, after all that was answered so far.</summary>
internal sealed record ModelState
{
    public const int Root = 0;

    public ImmutableDictionary<int, ModelInode> Inodes { get; init; } =
        ImmutableDictionary<int, ModelInode>.Empty.Add(Root, new ModelInode(Root, EntryKind.Directory) { BaseDirectory = VirtualPath.Root });

    /// <summary>Which inode each slot has open.</summary>
    public ImmutableSortedDictionary<int, int> Open { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>States before, to which the loss of power may lead back: none before what was synced last.</summary>
    public ImmutableList<ModelState> Earlier { get; init; } = [];

    /// <summary>How many changes of names and attributes there were.</summary>
    public int Changes { get; init; }

    public int NextId { get; init; } = 1;

    /// <summary>Of one in <see cref="Earlier"/>: what tells it from others.</summary>
    private UInt128 Own { get; init; }

    public ModelInode this[int id] => Inodes[id];

    public ModelState With(ModelInode inode) => this with { Inodes = Inodes.SetItem(inode.Id, inode) };

    public ModelState Without(int id) => this with { Inodes = Inodes.Remove(id) };

    /// <summary>A change of names or attributes begins.</summary>
    public ModelState Begin() => this with { Changes = Changes + 1, Earlier = Earlier.Add(this with { Earlier = [], Own = Fingerprint() }) };

    /// <summary>What changed in this change.</summary>
    public ModelState Touched(params ReadOnlySpan<int> ids)
    {
        var state = this;
        foreach (var id in ids) state = state.With(state[id] with { ChangedIn = Changes, IsPrivate = true });
        return state;
    }

    public ModelState Named(int directory, PathName name, int target) =>
        With(this[directory] with { Entries = this[directory].Entries.SetItem(name, target) });

    public ModelState Unnamed(int directory, PathName name) =>
        With(this[directory] with { Entries = this[directory].Entries.Remove(name) });

    public (ModelState State, int Id) Add(Func<int, ModelInode> make) =>
        ((this with { NextId = NextId + 1 }).With(make(NextId)), NextId);

    /// <summary>The names of the inode are on the disk, so no state before its last change can come back.</summary>
    public ModelState Synced(int id) => this with { Earlier = Earlier.RemoveAll(state => state.Changes < this[id].ChangedIn) };

    /// <summary>The same for two states that nobody can tell apart.</summary>
    public UInt128 Fingerprint()
    {
        var hash = new XxHash128();
        var seen = new Dictionary<int, int>();
        Visit(Root);
        foreach (var (slot, id) in Open)
        {
            Text($"slot {slot} ");
            Visit(id);
        }

        foreach (var state in Earlier) Text($"{state.Own} {state.Changes} ");
        return hash.GetCurrentHashAsUInt128();

        void Visit(int id)
        {
            if (!seen.TryAdd(id, seen.Count))
            {
                Text($"again {seen[id]} ");
                return;
            }

            var inode = this[id];
            Text($"{inode.Kind} {inode.BaseDirectory} {inode.Origin} {inode.Mode} {inode.ModifiedAt} {inode.Target} {inode.Links} {inode.IsPrivate} {inode.WasWritten} {inode.ChangedIn} ");
            foreach (var (name, value) in inode.Attributes) Text($"{name}={value} ");
            if (inode.File is { } file)
            {
                foreach (var part in (ImmutableArray<byte[]>[])[file.Now, file.SinceClose, file.SinceSync])
                {
                    Text($"{part.Length}/{file.ZeroFrom} ");
                    foreach (var content in part) hash.Append(content);
                }
            }

            foreach (var (name, target) in inode.Entries)
            {
                Text($"{name} ");
                if (target < 0) Text($"{target} ");
                else Visit(target);
            }

            Text($"end ");
        }

        void Text(FormattableString text) => hash.Append(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
    }
}
