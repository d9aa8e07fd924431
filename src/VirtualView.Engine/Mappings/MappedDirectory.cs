using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Mappings;

/// <summary>What a directory of the view is made of.</summary>
/// <param name="Mapping">The mapping that covers it; null for a directory that only leads to deeper mappings.</param>
/// <param name="PathAtSource">Where it lies at each source of the mapping.</param>
/// <param name="MountedBelow">Names in it under which deeper mappings stand: directories whatever the sources say.</param>
internal sealed record MappedDirectory(MappingOptions? Mapping, VirtualPath PathAtSource, ImmutableArray<PathName> MountedBelow);
