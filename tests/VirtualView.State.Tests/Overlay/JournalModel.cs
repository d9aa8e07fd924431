using System.Collections.Immutable;
using VirtualView.Core.Overlay;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.State.Tests.Overlay;

/// <summary>What a journal should hold, in dictionaries, as text; and random changes to it.</summary>
internal sealed class JournalModel(int seed)
{
    private static readonly SourceId[] Sources = [new(Guid.Parse("6f1c2f1e-5a0b-4c58-9a53-0d1f6a7b8c9d")), new(Guid.Parse("7f1c2f1e-5a0b-4c58-9a53-0d1f6a7b8c9d"))];

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, (LocalId Id, EntryKind Kind, string Text)> _inodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (LocalEntry Entry, string Text)> _entries = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (LocalAttribute Attribute, string Text)> _attributes = new(StringComparer.Ordinal);
    private ulong _next = 2;

    public ulong Greatest => _next - 1;

    public string[] Lines => [.. _inodes.Values.Select(inode => inode.Text), .. _entries.Values.Select(entry => entry.Text), .. _attributes.Values.Select(attribute => attribute.Text)];

    public static string[] LinesOf(OverlayImage image) =>
        [.. image.Inodes.Select(Show).Order(StringComparer.Ordinal), .. image.Entries.Select(Show).Order(StringComparer.Ordinal), .. image.Attributes.Select(Show).Order(StringComparer.Ordinal)];

    public void BeginAfter(LocalId lastUsed) => _next = lastUsed.Value + 1;

    /// <summary>The root, which is always there.</summary>
    public OverlayChanges First()
    {
        var changes = new OverlayChanges();
        changes.Inodes.Add(Inode(LocalId.Root, EntryKind.Directory));
        return changes;
    }

    /// <summary>As one call of the kernel would: something made, changed, renamed, removed.</summary>
    public OverlayChanges Next()
    {
        var changes = new OverlayChanges();
        for (var step = 0; step <= _random.Next(3); step++)
        {
            switch (_random.Next(6))
            {
                case 0 or 1:
                    var id = new LocalId(_next++);
                    changes.Inodes.Add(Inode(id, (EntryKind)_random.Next(7)));
                    changes.Entries.Add(new LocalEntry(AnyDirectory(), Name(), id, Hidden()));
                    break;
                case 2 when Any(_inodes.Values) is { Text: not null } inode:
                    if (changes.Inodes.All(other => other.Id != inode.Id)) changes.Inodes.Add(Inode(inode.Id, inode.Kind));
                    break;
                case 3 when Any(_inodes.Values) is { Text: not null } inode && inode.Id != LocalId.Root && inode.Kind != EntryKind.Directory:
                    if (changes.Inodes.Any(other => other.Id == inode.Id) || changes.Attributes.Any(other => other.Inode == inode.Id) || changes.Entries.Any(other => other.Target == inode.Id)) break;
                    changes.RemovedInodes.Add(inode.Id);
                    changes.RemovedEntries.AddRange(_entries.Values.Where(entry => entry.Entry.Target == inode.Id).Select(entry => (entry.Entry.Directory, entry.Entry.Name)));
                    break;
                case 4:
                    changes.Entries.Add(new LocalEntry(AnyDirectory(), Name(), null, Hidden()));
                    break;
                default:
                    if (Any(_inodes.Values) is not { Text: not null } owner || changes.RemovedInodes.Contains(owner.Id)) break;
                    changes.Attributes.Add(new LocalAttribute(owner.Id, [.. "user."u8, (byte)_random.Next(97, 102)], Bytes(_random.Next(20) == 0 ? 65536 : 40)));
                    if (Any(_attributes.Values) is { Text: not null } gone) changes.RemovedAttributes.Add((gone.Attribute.Inode, gone.Attribute.Name.ToArray()));
                    break;
            }
        }

        return changes;
    }

    public void Apply(OverlayChanges changes)
    {
        foreach (var id in changes.RemovedInodes)
        {
            _inodes.Remove(Key(id));
            foreach (var key in _attributes.Where(pair => pair.Value.Attribute.Inode == id).Select(pair => pair.Key).ToArray()) _attributes.Remove(key);
        }

        foreach (var (directory, name) in changes.RemovedEntries) _entries.Remove(Key(directory, name));
        foreach (var (inode, name) in changes.RemovedAttributes) _attributes.Remove(Key(inode, name.Span));
        foreach (var inode in changes.Inodes) _inodes[Key(inode.Id)] = (inode.Id, inode.Kind, Show(inode));
        foreach (var entry in changes.Entries) _entries[Key(entry.Directory, entry.Name)] = (entry, Show(entry));
        foreach (var attribute in changes.Attributes) _attributes[Key(attribute.Inode, attribute.Name.AsSpan())] = (attribute, Show(attribute));
    }

    private LocalInodeRecord Inode(LocalId id, EntryKind kind) => new()
    {
        Id = id,
        Kind = kind,
        Mode = _random.Next(0x1000),
        Uid = (uint)_random.NextInt64(1L << 32),
        Gid = (uint)_random.Next(),
        Links = (uint)_random.Next(3),
        InodeNumber = (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        AccessedAt = Time(),
        ModifiedAt = Time(),
        ChangedAt = Time(),
        Device = kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? (uint)_random.Next() : 0,
        Target = kind == EntryKind.Symlink ? Bytes(100) : [],
        BaseDirectory = kind == EntryKind.Directory && (id == LocalId.Root || _random.Next(2) == 0) ? AnyPath() : null,
        BaseFile = kind == EntryKind.File && _random.Next(2) == 0 ? Base() : null,
        KeepsAttributes = _random.Next(2) == 0,
    };

    private HiddenEntry Hidden() => _random.Next(7) switch
    {
        0 => HiddenEntry.NotRecorded,
        1 => HiddenEntry.Nothing,
        2 => HiddenEntry.Directory,
        3 => HiddenEntry.Directory with { Held = [.. Enumerable.Range(0, _random.Next(5)).Select(_ => (ulong)_random.NextInt64(long.MinValue, long.MaxValue))] },
        4 => HiddenEntry.OfSymlink(Bytes(100)),
        5 => HiddenEntry.OfFile(null),
        _ => HiddenEntry.OfFile(Version(AnyPath() / Name())),
    };

    private LocalFileBase Base()
    {
        var path = AnyPath() / Name();
        var version = Version(path);
        var written = RangeSet.Of(Enumerable.Range(0, _random.Next(20)).Select(_ => new ByteRange(_random.NextInt64(1L << 40), _random.Next(1 << 20))));
        return new LocalFileBase(path, version, _random.NextInt64(version.SizeBytes + 1), _random.NextInt64(1L << 50), written);
    }

    private FileVersion Version(VirtualPath path)
    {
        var size = _random.NextInt64(1L << 50);
        var replicas = Enumerable.Range(0, 1 + _random.Next(2)).Select(at => new Replica(
            Sources[at], _random.Next(3) == 0 ? AnyPath() / Name() : path,
            new Validator((ValidatorStrength)_random.Next(3), _random.Next(3) == 0 ? 7 : size, _random.Next(2) == 0 ? null : Time(), _random.Next(2) == 0 ? null : "\"tag\u20ac\"")));
        return new FileVersion(new VersionId(new UInt128((ulong)_random.NextInt64(), 5)), size, Time(), [.. replicas]);
    }

    private T? Any<T>(ICollection<T> all) => all.Count == 0 ? default : all.ElementAt(_random.Next(all.Count));

    private LocalId AnyDirectory() => Any(_inodes.Values.Where(inode => inode.Kind == EntryKind.Directory).Select(inode => inode.Id).ToArray());

    private VirtualPath AnyPath() => VirtualPath.Of(Enumerable.Range(0, _random.Next(3)).Select(_ => Name()));

    private PathName Name() => PathName.Create([(byte)_random.Next(0x80, 0x100), (byte)_random.Next('a', 'h')]);

    private UnixTime Time() => new(_random.NextInt64(long.MinValue, long.MaxValue));

    private ImmutableArray<byte> Bytes(int below)
    {
        var bytes = new byte[_random.Next(below)];
        _random.NextBytes(bytes);
        return [.. bytes];
    }

    private static string Key(LocalId id) => $"{id.Value:x16}";

    private static string Key(LocalId id, PathName name) => Key(id, name.Bytes);

    private static string Key(LocalId id, ReadOnlySpan<byte> name) => $"{id.Value:x16} {Convert.ToHexString(name)}";

    // Versions are equal by their id alone, and arrays by reference: a text shows all.
    private static string Show(LocalInodeRecord inode) =>
        $"{Key(inode.Id)} {inode with { Target = [], BaseFile = null }} {Convert.ToHexString(inode.Target.AsSpan())} "
        + (inode.BaseFile is { } file
            ? $"{file.Path} {Show(file.Version)} {file.ShownBytes} {file.SizeBytes} {file.Written}"
            : "");

    private static string Show(FileVersion version) => $"{version.Id} {version.SizeBytes} {version.ModifiedAt.Nanoseconds} {string.Join('|', version.Replicas)}";

    private static string Show(LocalEntry entry) => $"{Key(entry.Directory, entry.Name)} -> {entry.Target} over {Show(entry.Hidden)}";

    private static string Show(HiddenEntry hidden) =>
        $"{hidden.Kind} {(hidden.Version is { } version ? Show(version) : "")} {Convert.ToHexString(hidden.Target.AsSpan())} {(hidden.Held.IsDefault ? "-" : string.Join(',', hidden.Held))}";

    private static string Show(LocalAttribute attribute) => $"{Key(attribute.Inode, attribute.Name.AsSpan())} = {Convert.ToHexString(attribute.Value.AsSpan())}";
}
