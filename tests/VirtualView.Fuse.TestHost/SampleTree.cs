using System.Globalization;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;

namespace VirtualView.Fuse.TestHost;

/// <summary>What the host mounts.</summary>
public sealed class SampleTree
{
    public const int SmallBytes = 1_000_003;
    public const int ColdBytes = 3_000_001;
    public const int VersionBytes = 100_000;
    public const long HugeBytes = 36L * 1000 * 1000 * 1000;
    public const int ManyFiles = 100_000;
    public const int SmallSeed = 1;
    public const int HugeSeed = 2;
    public const int ColdSeed = 3;

    /// <summary>Version n of the file has seed <c>FirstVersionSeed + n</c>.</summary>
    public const int FirstVersionSeed = 100;

    public static readonly PathName Versioned = PathName.Of("versioned");

    public SampleTree(TimeProvider time, int manyFiles = ManyFiles)
    {
        Files = new MemoryFileSystem(time);
        var root = Files.Add(EntryKind.Directory);
        root.Put(PathName.Of("small"), Files.Add(EntryKind.File, SmallBytes, SmallSeed));
        root.Put(PathName.Of("empty"), Files.Add(EntryKind.File));
        root.Put(PathName.Of("huge"), Files.Add(EntryKind.File, HugeBytes, HugeSeed));
        root.Put(PathName.Of("cold"), Files.Add(EntryKind.File, ColdBytes, ColdSeed, Temper.Cold));
        root.Put(PathName.Of("stuck"), Files.Add(EntryKind.File, ColdBytes, ColdSeed, Temper.Stuck));
        root.Put(PathName.Of("broken"), Files.Add(EntryKind.File, ColdBytes, ColdSeed, Temper.Broken));
        root.Put(PathName.Of("link"), Files.Add(EntryKind.Symlink, target: "small"));
        root.Put(PathName.Of("dangling"), Files.Add(EntryKind.Symlink, target: "no/such/file"));
        root.Put(Versioned, Files.Add(EntryKind.File, VersionBytes, FirstVersionSeed));
        root.Put(PathName.Of("names"), Names());
        root.Put(PathName.Of("many"), Many(manyFiles));
    }

    public MemoryFileSystem Files { get; }

    /// <summary>Names that are not text, each of a file of as many bytes as its place.</summary>
    public static IReadOnlyList<PathName> OddNames { get; } =
    [
        PathName.Create([0xff, 0xfe, 0x80]), PathName.Create("new\nline"u8), PathName.Create(" space "u8),
        PathName.Create("back\\slash"u8), PathName.Create("ünïcode-\u2603"u8), PathName.Create("-rf"u8),
        PathName.Of(new string('x', PathName.MaxBytes)),
    ];

    /// <summary>Puts a new version under the old name: another node, as the contract has it.</summary>
    public void Change()
    {
        var old = Files.Root.Child(Versioned)!;
        old.IsSuperseded = true;
        Files.Root.Put(Versioned, Files.Add(EntryKind.File, VersionBytes + old.Seed - FirstVersionSeed + 1, old.Seed + 1));
    }

    private MemoryNode Names()
    {
        var directory = Files.Add(EntryKind.Directory);
        for (var i = 0; i < OddNames.Count; i++) directory.Put(OddNames[i], Files.Add(EntryKind.File, i, SmallSeed));
        return directory;
    }

    private MemoryNode Many(int count)
    {
        var directory = Files.Add(EntryKind.Directory);
        for (var i = 0; i < count; i++)
            directory.Put(PathName.Of(i.ToString("'f'000000", CultureInfo.InvariantCulture)), Files.Add(EntryKind.File, i, SmallSeed));
        return directory;
    }
}
