using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.State.Tests.Support;

/// <summary>A tree shaped like a large experiment: <c>/exp/d00042/f0017.h5</c>, as an HTTP source lists it.</summary>
public static class SampleTree
{
    private static readonly SourceId Source = new(Guid.Parse("6f1c2f1e-5a0b-4c58-9a53-0d1f6a7b8c9d"));

    public static Snapshot Of(int directories, int filesEach, long number = 1) =>
        new(number, UnixTime.FromSeconds(number), DirectoryNode.Listed(default, [Experiment(directories, filesEach, number)], UnixTime.FromSeconds(1)));

    public static VirtualPath Path(int directory) => VirtualPath.Parse("/exp") / Name(directory);

    public static DirectoryNode Directory(int number, int files, long version)
    {
        var path = Path(number);
        return DirectoryNode.Listed(path.Name, Enumerable.Range(0, files).Select(at => File(path / PathName.Of($"f{at:0000}.h5"), version)), UnixTime.FromSeconds(version));
    }

    private static DirectoryNode Experiment(int directories, int files, long version) =>
        DirectoryNode.Listed(PathName.Of("exp"), Enumerable.Range(0, directories).Select(at => Directory(at, files, version)), UnixTime.FromSeconds(1));

    private static PathName Name(int directory) => PathName.Of($"d{directory:00000}");

    private static FileNode File(VirtualPath path, long version)
    {
        var time = UnixTime.FromSeconds(1_700_000_000 + version);
        var validator = new Validator(ValidatorStrength.Weak, 9_904_100, time, $"\"{time.Seconds:x}-{9_904_100 + version:x}\"");
        return new FileNode(path.Name, FileVersion.FirstSeen(new Replica(Source, path, validator), time));
    }
}
