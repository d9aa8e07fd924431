using VirtualView.Core.Paths;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Runs;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>What the one source of a written world allows the view to show of it.</summary>
internal sealed class SourceFacts(World world)
{
    private RemoteStore Store => world.Stores[0];

    /// <summary>What was not always there may or may not be known by now.</summary>
    public Existence File(VirtualPath path)
    {
        if (!world.Truth.All.Any(version => version.Path == path)) return Existence.No;
        return Store.Find(path) is not null && world.Truth.PresentSince(Store.Id, path) == SimulatedClock.Start ? Existence.Yes : Existence.Maybe;
    }

    /// <summary>A directory never goes; one that came with a file may not be known yet.</summary>
    public Existence Directory(VirtualPath path)
    {
        if (path.IsRoot) return Existence.Yes;
        if (!Store.HasDirectory(path)) return Existence.No;
        return world.Truth.All.Any(version => version.From == SimulatedClock.Start && version.Path.StartsWith(path)) ? Existence.Yes : Existence.Maybe;
    }

    /// <summary>The names at which the source has, or had, something.</summary>
    public IEnumerable<PathName> NamesIn(VirtualPath directory) =>
        world.Truth.All.Select(version => version.Path)
            .Where(path => path != directory && path.StartsWith(directory) && !IsBallast(path))
            .Select(path => path.RelativeTo(directory).Names.First())
            .Distinct();

    /// <summary>All contents that a file there ever had.</summary>
    public IReadOnlyList<byte[]> Contents(VirtualPath path) =>
        [.. world.Truth.All.Where(version => version.Path == path).Select(version => version.File.Content.Bytes.ToArray())];

    /// <summary>True when these bytes are what the source has there, and it can tell so: then nothing excuses that they are not shown.</summary>
    public bool Has(VirtualPath path, byte[] content) =>
        Store.Find(path) is { } file && file.Content.Bytes.Span.SequenceEqual(content) && world.Truth.All.Count(version => version.Path == path) == 1
        && file.ModifiedAt.ToDateTimeOffset() <= SimulatedClock.Start - RemoteStore.ClockStep;

    public static bool IsBallast(VirtualPath path) => path.Names.First().ToString().StartsWith("ballast", StringComparison.Ordinal);
}
