using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Engine.Options;
using VirtualView.Simulation.Disk;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;
using VirtualView.Simulation.Scheduling;

namespace VirtualView.Simulation.Runs;

/// <summary>All that outlives a process: servers, disk, and how they are shown.</summary>
public sealed class World
{
    public static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    private readonly WorldPlan _plan;

    public World(SimulationPlan plan, SimulatedClock clock)
    {
        _plan = plan.World;
        Stores = [.. _plan.Sources.Select(source => new RemoteStore(SimulatedStateStore.Identify(source.Name), source, Truth, clock))];
        Disk = new SimulatedDisk(_plan.BlockSizeBytes, _plan.CapacityBlocks, SeededRandom.For(plan.Seed, "disk"));
        Mappings = [.. _plan.Mappings.Select(mapping => VirtualPath.Parse(mapping.At))];
        Options = Configure();
        Populate();
    }

    public Truth Truth { get; } = new();

    public ImmutableArray<RemoteStore> Stores { get; }

    public SimulatedDisk Disk { get; }

    public SimulatedStateDisk State { get; } = new();

    public EngineOptions Options { get; }

    /// <summary>Where each mapping appears.</summary>
    public ImmutableArray<VirtualPath> Mappings { get; }

    /// <summary>Where a source's path appears in the view.</summary>
    public VirtualPath InView(int source, VirtualPath path) => Mappings[MappingOf(source)] / path;

    /// <summary>
    /// True when the file that the view must show was rewritten with the same size within one step of the clock, at a server
    /// whose listing does not give the tag by which alone the two differ.
    /// </summary>
    public bool OnlyItsTagTells(VirtualPath viewPath)
    {
        var (store, path) = StoresShowing(viewPath).First(shown => shown.Store.Find(shown.Path) is not null);
        return store.Plan is { HasTags: true, Listing: ListingDetail.WithoutTags } && Truth.IsAmbiguous(store.Id, path, store.Find(path)!);
    }

    /// <summary>The file that the view must show in the end: that of the first source which has it.</summary>
    public RemoteFile? Expected(VirtualPath viewPath) =>
        StoresShowing(viewPath).Select(shown => shown.Store.Find(shown.Path)).FirstOrDefault(file => file is not null);

    public IEnumerable<(RemoteStore Store, VirtualPath Path)> StoresShowing(VirtualPath viewPath)
    {
        var mapping = Covering(viewPath);
        return _plan.Mappings[mapping].Sources.Select(source => (Stores[source], viewPath.RelativeTo(Mappings[mapping])));
    }

    /// <summary>A version that lives on in a copy keeps the time it was first seen with, which may differ by what is trusted.</summary>
    public bool IsShownAs(VirtualPath viewPath, long sizeBytes, UnixTime modifiedAt, RemoteFile file) =>
        sizeBytes == file.Content.SizeBytes
        && (modifiedAt == file.ModifiedAt || (TrustsSizes(viewPath) && (modifiedAt - file.ModifiedAt).Duration() <= TimeSpan.FromSeconds(2)));

    public bool Shows(TrueVersion version, VirtualPath viewPath) =>
        StoresShowing(viewPath).Any(shown => shown.Store.Id == version.Source && shown.Path == version.Path);

    /// <summary>True where equal size and time are said to mean equal content, so that sizes must tell contents apart.</summary>
    public bool TrustsSizes(int source) => _plan.Mappings[MappingOf(source)].Same == SameRule.SizeAndTime;

    /// <summary>The size, or the next larger one that stands for no other content yet where sizes are trusted.</summary>
    public int FreeSize(int source, VirtualPath path, int sizeBytes)
    {
        if (!TrustsSizes(source)) return sizeBytes;
        while (IsSizeTaken(path, sizeBytes, null)) sizeBytes++;
        return sizeBytes;
    }

    /// <summary>True when that size at that path already stands for other content, on any source.</summary>
    public bool IsSizeTaken(VirtualPath path, int sizeBytes, Content? except) =>
        Truth.All.Any(version => version.Path == path && version.File.Content.SizeBytes == sizeBytes && version.File.Content != except);

    /// <summary>True where a file is known by its listing.</summary>
    public bool ListsFully(int source) => Stores[source].Plan.Listing != ListingDetail.NamesOnly;

    public bool TrustsSizes(VirtualPath viewPath) => _plan.Mappings[Covering(viewPath)].Same == SameRule.SizeAndTime;

    private int Covering(VirtualPath viewPath) =>
        Enumerable.Range(0, Mappings.Length).Where(index => viewPath.StartsWith(Mappings[index])).MaxBy(index => Mappings[index].Names.Length);

    private int MappingOf(int source) =>
        Enumerable.Range(0, _plan.Mappings.Length).First(index => _plan.Mappings[index].Sources.Contains(source));

    private void Populate()
    {
        for (var source = 0; source < Stores.Length; source++)
        {
            foreach (var path in PathNames.Ballast(source))
                Stores[source].WriteAged(path, 10, TimeSpan.FromDays(1));
        }

        foreach (var file in _plan.Files)
        {
            var path = VirtualPath.Parse(file.Path);
            if (file.CopyOf is { } other && Stores[other].Find(path) is { } original)
                Stores[file.Source].Copy(path, original);
            else
                Stores[file.Source].WriteAged(path, FreeSize(file.Source, path, file.SizeBytes), TimeSpan.FromSeconds(file.AgeSeconds));
        }
    }

    private EngineOptions Configure() => new()
    {
        ViewName = "simulated",
        MaxRequestBytes = _plan.MaxRequestBytes,
        MaxReadAheadBytes = _plan.MaxReadAheadBytes,
        MaxBytesInFlight = 4L * _plan.MaxRequestBytes,
        FetchTimeout = FetchTimeout,
        JitterSeed = 1,
        Polls = new PollOptions { Interval = TimeSpan.FromSeconds(_plan.PollSeconds), Revalidate = _plan.Revalidate },
        Mappings =
        [
            .. _plan.Mappings.Select(mapping => new MappingOptions
            {
                At = VirtualPath.Parse(mapping.At),
                Sources = [.. mapping.Sources.Select(source => Stores[source].Id)],
                Same = mapping.Same,
            }),
        ],
    };
}
