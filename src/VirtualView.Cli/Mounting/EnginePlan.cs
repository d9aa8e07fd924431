using System.Collections.Immutable;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Service.Sockets;

namespace VirtualView.Cli.Mounting;

/// <summary>Says in the engine's terms what a configuration says in the user's.</summary>
internal static class EnginePlan
{
    public static EngineOptions Options(VirtualViewSection section, ImmutableArray<ISource> sources) => new()
    {
        ViewName = section.View.Name!,
        Mappings = [.. section.Mappings.Select(mapping => Mapping(mapping, sources))],
        Polls = Polls(section),
        Keep = Keep(section),
        MaxRequestBytes = (int)section.Fetch.MaxRequest.Bytes,
        FetchTimeout = section.Fetch.Timeout,
        MaxBytesInFlight = section.Fetch.MaxInFlight.Bytes,
        MaxReadAheadBytes = section.Fetch.ReadAhead.Bytes,
    };

    public static PollOptions Polls(VirtualViewSection section) => new()
    {
        Interval = section.Coherence.PollInterval,
        Intervals = section.Mappings.Where(mapping => mapping.PollInterval is not null)
            .ToImmutableDictionary(mapping => VirtualPath.Parse(mapping.At!), mapping => mapping.PollInterval!.Value),
        MaxInterval = section.Coherence.MaxPollInterval,
        Revalidate = section.Coherence.Revalidate switch
        {
            RevalidateSetting.Always => RevalidateRule.Always,
            RevalidateSetting.Never => RevalidateRule.Never,
            _ => RevalidateRule.Stale,
        },
        ListingsAtOnce = section.Coherence.ListingsAtOnce,
        ListingsPerSecond = section.Coherence.ListingsPerSecond,
    };

    public static KeepOptions Keep(VirtualViewSection section) => new()
    {
        Count = section.Coherence.KeepSnapshots,
        For = section.Coherence.KeepSnapshotsFor,
    };

    private static MappingOptions Mapping(MappingSection mapping, ImmutableArray<ISource> sources) => new()
    {
        At = VirtualPath.Parse(mapping.At!),
        Sources = [.. mapping.Sources.Select(name => sources.Single(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Id)],
        Same = mapping.Same == SameSetting.SizeAndTime ? SameRule.SizeAndTime : SameRule.Checksum,
        IsReadOnly = mapping.ReadOnly,
        FileMode = mapping.FileMode.Bits,
        DirMode = mapping.DirMode.Bits,
        Uid = (uint?)mapping.Uid ?? ProcessUser.EffectiveId,
        Gid = (uint?)mapping.Gid ?? ProcessUser.EffectiveGroupId,
    };
}
