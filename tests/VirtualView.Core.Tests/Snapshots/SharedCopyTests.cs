using System.Globalization;
using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Tests.Generators;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Tests.Snapshots;

public sealed class SharedCopyTests
{
    private static readonly VirtualPath Directory = VirtualPath.Parse("/raw/100K");
    private static readonly SourceId Source = new(new Guid(1, 0, 0, new byte[8]));

    /// <summary>Versions of one file: such as listings give, such as servers with ETags give, and the strangest.</summary>
    private static readonly Gen<(PathName Name, FileVersion Version)> AnyFile = NameGen.Name.SelectMany(name => Gen.Frequency(
        (3, Gen.Select(VersionGen.Validator, validator => First(name, validator with { Tag = null }))),
        (3, Gen.Select(VersionGen.Validator, validator => First(name, validator with { Tag = NginxTag(validator) }))),
        (1, Gen.Select(VersionGen.Validator, validator => First(name, validator))),
        (2, VersionGen.At(Directory / name))).Select(version => (name, version)));

    [Fact]
    public void What_files_share_changes_nothing_of_what_they_say() =>
        AnyFile.Array[0, 30].Sample(files =>
        {
            files = [.. files.DistinctBy(file => file.Name)];

            var listed = DirectoryNode.Listed(default, files.Select(file => new FileNode(file.Name, file.Version)), default);
            var grown = files.Aggregate(DirectoryNode.Listed(default, [], default), (directory, file) => directory.With(new FileNode(file.Name, file.Version)));

            foreach (var (name, version) in files)
            {
                AssertSays(version, (FileNode)listed.Find(name)!);
                AssertSays(version, (FileNode)grown.Find(name)!);
            }
        });

    [Fact]
    public void Files_of_one_listing_share_what_they_have_in_common()
    {
        var files = Enumerable.Range(0, 10).Select(at => File($"f{at}", new Validator(ValidatorStrength.Weak, at, new UnixTime(at), null))).ToArray();

        var directory = DirectoryNode.Listed(default, files, default).With(File("new", new Validator(ValidatorStrength.Weak, 3, new UnixTime(5), null)));

        Assert.NotNull(files[0].Shared);
        Assert.All(directory.Children, child => Assert.Same(files[0].Shared, ((FileNode)child).Shared));
    }

    [Fact]
    public void A_tag_that_follows_from_time_and_size_is_made_again_and_any_other_is_kept()
    {
        var made = new Validator(ValidatorStrength.Weak, 0x1000, UnixTime.FromSeconds(0x5f3e0a1b), "\"5f3e0a1b-1000\"");
        var (derived, kept) = (File("a", made), File("b", made with { Tag = "\"5F3E0A1B-1000\"" }));
        _ = DirectoryNode.Listed(default, [derived, kept], default);

        Assert.Equal(CopyTag.TimeAndSize, derived.Shared?.Tag);
        Assert.Equal(made, derived.Version!.Replicas[0].Validator);
        Assert.Null(kept.Shared);
        Assert.Equal("\"5F3E0A1B-1000\"", kept.Version!.Replicas[0].Validator.Tag);
    }

    private static void AssertSays(FileVersion version, FileNode file)
    {
        Assert.Equal((version.Id, version.SizeBytes, version.ModifiedAt), (file.VersionId, file.SizeBytes, file.ModifiedAt));
        Assert.Equal((version.Id, version.SizeBytes, version.ModifiedAt), (file.Version!.Id, file.Version.SizeBytes, file.Version.ModifiedAt));
        Assert.Equal(version.Replicas, file.Version.Replicas);
        Assert.Equal(version.Replicas[0].Validator.Strength == ValidatorStrength.Racy, file.IsRacy);
    }

    private static FileNode File(string name, Validator validator) => new(PathName.Of(name), First(PathName.Of(name), validator));

    private static FileVersion First(PathName name, Validator validator) =>
        FileVersion.FirstSeen(new Replica(Source, Directory / name, validator), new UnixTime(7));

    private static string? NginxTag(Validator validator) => validator.ModifiedAt is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"\"{time.Seconds:x}-{validator.SizeBytes:x}\"")
        : null;
}
