namespace VirtualView.Architecture.Tests;

/// <summary>The house of docs/architecture.md: dependencies point down only, siblings never meet.</summary>
public sealed class DependencyTests
{
    private const string Cli = "Cli";

    /// <summary>Room -> rooms it refers to. Rooms that do not exist yet stand here so that they begin right.</summary>
    private static readonly Dictionary<string, string[]> House = new()
    {
        ["Core"] = [],
        ["Sources"] = ["Core"],
        ["State"] = ["Core"],
        ["Cache"] = ["Core"],
        ["Hdf5"] = ["Core"],
        ["Engine"] = ["Core"],
        ["Catalog"] = ["Core"],
        ["Fuse"] = ["Core"],
        ["Dokan"] = ["Core"],
        ["Ingest"] = ["Core"],
        ["Service"] = ["Core", "Engine"],
    };

    public static TheoryData<string> Rooms => [.. Repository.Rooms.Select(room => room.Room)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_refers_to_the_rooms_below_it_and_to_no_other(string room)
    {
        var project = Project(room);
        var expected = room == Cli ? Repository.Rooms.Select(other => other.Room).Where(other => other != Cli) : Expected(room);
        string[] actual = [.. project.ReferencedRooms.Order()];
        Assert.True(
            expected.Order().SequenceEqual(actual),
            $"{project} refers to [{string.Join(", ", actual)}], the house says [{string.Join(", ", expected.Order())}]. "
            + "Declare a contract in Core, implement it in one room, and let Cli hand it to the other. "
            + "If the house itself is to change, change docs/architecture.md and House in this test with it.");
    }

    [Fact]
    public void Core_needs_no_package() =>
        Assert.True(!Project("Core").Packages.Any(), "Core holds values and contracts only: put what needs a package into the room that meets the outside.");

    [Theory]
    [InlineData("Microsoft.FASTER", "Cache")]
    [InlineData("Microsoft.Data.Sqlite", "State", "Catalog")]
    [InlineData("Spectre.Console", "Cli")]
    [InlineData("System.CommandLine", "Cli")]
    public void A_package_is_known_to_its_room_only(string package, params string[] rooms)
    {
        foreach (var room in Repository.Rooms.Where(room => room.Packages.Any(used => used.StartsWith(package, StringComparison.Ordinal))))
        {
            Assert.True(
                rooms.Contains(room.Room),
                $"{room} refers to {package}, which only [{string.Join(", ", rooms)}] may know: hide it there behind a contract of Core.");
        }
    }

    [Fact]
    public void Unsafe_code_stands_only_where_the_kernel_native_code_or_FASTER_is_met()
    {
        string[] edges = ["Fuse", "Cache", "Sources", "State"];
        var others = Repository.Rooms.Where(room => room.AllowsUnsafe && !edges.Contains(room.Room)).ToList();
        Assert.True(others.Count == 0, $"{string.Join(", ", others)}: take AllowUnsafeBlocks out, and move the code that needs it into one of [{string.Join(", ", edges)}].");
    }

    private static string[] Expected(string room) =>
        House.TryGetValue(room, out var below)
            ? below
            : throw new InvalidOperationException($"the house has no room '{room}': add it to House in this test and to docs/architecture.md");

    private static ProjectFile Project(string room) => Repository.Rooms.Single(project => project.Room == room);
}
