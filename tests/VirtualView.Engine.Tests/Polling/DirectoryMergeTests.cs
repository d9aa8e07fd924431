using System.Collections.Immutable;
using CsCheck;
using VirtualView.Core.Paths;
using VirtualView.Core.Snapshots;
using VirtualView.Core.Sources;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Engine.Mappings;
using VirtualView.Engine.Options;
using VirtualView.Engine.Polling;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Polling;

public sealed class DirectoryMergeTests
{
    private static readonly SourceId One = new(Guid.NewGuid());
    private static readonly SourceId Two = new(Guid.NewGuid());
    private static readonly SourceError Down = new(SourceErrorKind.Unreachable, "down");

    private static readonly Gen<SourceEntry> AnyEntry =
        from name in Gen.Char['a', 'f']
        from kind in Gen.Enum<EntryKind>().Where(kind => kind <= EntryKind.Symlink)
        from isNamed in Gen.Bool
        from size in Gen.Long[0, 3]
        from seconds in Gen.Long[1000, 1004]
        from strength in Gen.Enum<ValidatorStrength>()
        select kind switch
        {
            EntryKind.File => File($"{name}", isNamed ? null : FakeSource.Weak(size, seconds) with { Strength = strength }),
            EntryKind.Directory => new SourceEntry(PathName.Of($"{name}"), kind, ModifiedAt: isNamed ? null : UnixTime.FromSeconds(seconds)),
            _ => new SourceEntry(PathName.Of($"{name}"), kind, Target: [(byte)name]),
        };

    // Names may stand twice: a source that breaks this promise must not break the poll.
    private static readonly Gen<List<SourceEntry>> AnyListing = AnyEntry.List[0, 8];

    [Fact]
    public void The_same_listings_again_give_the_very_same_directory() =>
        Gen.Select(AnyListing, AnyListing, Gen.Bool).Sample((one, two, trusts) =>
        {
            var first = Merge(Empty, trusts, Listed(One, one), Listed(Two, two));
            return ReferenceEquals(first, Merge(first, trusts, Listed(One, one), Listed(Two, two)));
        });

    [Fact]
    public void A_source_that_cannot_be_asked_changes_nothing() =>
        Gen.Select(AnyListing, AnyListing, Gen.Bool).Sample((one, two, trusts) =>
        {
            var first = Merge(Empty, trusts, Listed(One, one), Listed(Two, two));
            // Of a file that only a listing names, nobody knows whose it is: it stays as well.
            var again = Merge(first, trusts, Failed(One), Listed(Two, two));
            return first.Children.All(child => again.Find(child.Name) is { } kept && kept.GetType() == child.GetType())
                && ReferenceEquals(first, Merge(first, trusts, Failed(One), Failed(Two)));
        });

    [Fact]
    public void The_first_source_that_shows_a_name_decides_what_it_is() =>
        Gen.Select(AnyListing, AnyListing).Sample((one, two) =>
        {
            var merged = Merge(Empty, false, Listed(One, one), Listed(Two, two));
            return one.Concat(two).Select(entry => entry.Name).Distinct().All(name =>
            {
                var decides = one.Concat(two).First(entry => entry.Name == name);
                var isOfOne = one.Exists(entry => entry.Name == name);
                return merged.Find(name) switch
                {
                    FileNode { Version: { } version } => decides.Kind == EntryKind.File && version.Replicas.Single() is var only
                        && only.Source == (isOfOne ? One : Two) && only.Validator == decides.Validator,
                    FileNode => decides is { Kind: EntryKind.File, Validator: null },
                    DirectoryNode => decides.Kind == EntryKind.Directory,
                    SymlinkNode => decides.Kind == EntryKind.Symlink,
                    _ => false,
                };
            });
        });

    [Fact]
    public void Equal_size_and_time_make_one_version_only_where_that_is_trusted()
    {
        var (left, right) = (File("f", FakeSource.Weak(5, 1000)), File("f", FakeSource.Weak(5, 1002)));

        Assert.Equal([One, Two], Sources(Merge(Empty, true, Listed(One, [left]), Listed(Two, [right]))));
        Assert.Equal([One], Sources(Merge(Empty, false, Listed(One, [left]), Listed(Two, [right]))));
        Assert.Equal([One], Sources(Merge(Empty, true, Listed(One, [left]), Listed(Two, [File("f", FakeSource.Weak(5, 1003))]))));
    }

    [Fact]
    public void What_is_racy_is_merged_with_nothing()
    {
        var (aged, racy) = (FakeSource.Weak(5, 1000), FakeSource.Weak(5, 1000) with { Strength = ValidatorStrength.Racy });

        Assert.Equal([One], Sources(Merge(Empty, true, Listed(One, [File("f", aged)]), Listed(Two, [File("f", racy)]))));
        Assert.Equal([One], Sources(Merge(Empty, true, Listed(One, [File("f", racy)]), Listed(Two, [File("f", aged)]))));
    }

    [Fact]
    public void A_source_that_names_a_file_twice_is_believed_once()
    {
        var twice = Merge(Empty, true, Listed(One, [File("f", FakeSource.Weak(5, 1000)), File("f", FakeSource.Weak(5, 1000))]));

        Assert.Equal([One], Sources(twice));
    }

    [Fact]
    public void What_was_read_under_another_path_is_not_kept_for_a_source_that_fails()
    {
        var elsewhere = new Replica(One, VirtualPath.Parse("/moved/f"), FakeSource.Weak(5, 1000));
        var previous = DirectoryNode.Listed(default, [new FileNode(PathName.Of("f"), FileVersion.FirstSeen(elsewhere, default))], default);

        Assert.Empty(Merge(previous, false, Failed(One), Listed(Two, [])).Children);
    }

    [Fact]
    public void Where_a_mapping_stands_is_a_directory_whatever_the_sources_say()
    {
        var directory = new MappedDirectory(new MappingOptions { At = VirtualPath.Root, Sources = [One] }, VirtualPath.Root, [PathName.Of("f")]);
        var merge = new DirectoryMerge(directory, [Listed(One, [File("f", FakeSource.Weak(5, 1000))])], default);

        var merged = merge.Into(Empty);

        Assert.IsType<DirectoryNode>(Assert.Single(merged.Children));
        Assert.Same(merged, merge.Into(merged));
    }

    [Fact]
    public void A_hundred_thousand_entries_of_two_sources_are_merged_and_the_same_again_is_the_same_node()
    {
        var entries = Enumerable.Range(0, 100_000).Select(at => File($"f{at}", FakeSource.Weak(at, 1000))).ToList();
        var first = Merge(Empty, true, Listed(One, entries), Listed(Two, entries));
        Assert.Same(first, Merge(first, true, Listed(One, entries), Listed(Two, entries)));
    }

    private static DirectoryNode Empty => DirectoryNode.Unknown(default, default);

    private static DirectoryNode Merge(DirectoryNode previous, bool trustsSizeAndTime, params ImmutableArray<SourceListing> listings)
    {
        var same = trustsSizeAndTime ? SameRule.SizeAndTime : SameRule.Checksum;
        var directory = new MappedDirectory(new MappingOptions { At = VirtualPath.Root, Sources = [One, Two], Same = same }, VirtualPath.Root, []);
        return new DirectoryMerge(directory, listings, UnixTime.FromSeconds(5000)).Into(previous);
    }

    private static SourceListing Listed(SourceId source, List<SourceEntry> entries) => new(source, entries, null);

    private static SourceListing Failed(SourceId source) => new(source, null, Down);

    private static SourceEntry File(string name, Validator? validator) => new(PathName.Of(name), EntryKind.File, validator);

    private static IEnumerable<SourceId> Sources(DirectoryNode merged) =>
        ((FileNode)merged.Children.Single()).Version!.Replicas.Select(replica => replica.Source);
}
