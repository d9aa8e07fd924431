using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Versions;
using VirtualView.Engine.Options;

namespace VirtualView.Engine.Mappings;

/// <summary>Finds the mapping of a path: the deepest one that covers it.</summary>
internal sealed class MappingTable(ImmutableArray<MappingOptions> mappings)
{
    private readonly ImmutableArray<MappingOptions> _deepestFirst =
        [.. mappings.OrderByDescending(mapping => mapping.At.Names.Length)];

    /// <summary>Those by which the source appears in the view.</summary>
    public IEnumerable<MappingOptions> Showing(SourceId source) => _deepestFirst.Where(mapping => mapping.Sources.Contains(source));

    public MappingOptions? Covering(VirtualPath path)
    {
        // Asked with every stat: a loop allocates nothing.
        foreach (var mapping in _deepestFirst)
        {
            if (path.StartsWith(mapping.At)) return mapping;
        }

        return null;
    }

    /// <summary>False spares asking for paths.</summary>
    public bool HasReadOnly { get; } = mappings.Any(mapping => mapping.IsReadOnly);

    public bool IsReadOnly(VirtualPath path) => Covering(path)?.IsReadOnly == true;

    /// <summary>A mapping that is read only stands at the path or below it.</summary>
    public bool IsReadOnlyBelow(VirtualPath path) => mappings.Any(mapping => mapping.IsReadOnly && mapping.At.StartsWith(path));

    public MappedDirectory Directory(VirtualPath path)
    {
        var mapping = Covering(path);
        var mountedBelow = _deepestFirst
            .Where(deeper => deeper.At.Names.Length > path.Names.Length && deeper.At.StartsWith(path))
            .Select(deeper => deeper.At.Names[path.Names.Length])
            .Distinct();
        return new MappedDirectory(mapping, mapping is null ? default : path.RelativeTo(mapping.At), [.. mountedBelow]);
    }
}
