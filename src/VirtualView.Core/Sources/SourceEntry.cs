using System.Collections.Immutable;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources;

/// <summary>One entry as a source shows it.</summary>
/// <param name="Validator">Of a file; null where the listing gives only its name, so that a stat must follow.</param>
/// <param name="ModifiedAt">Of a directory or link, where the source tells.</param>
/// <param name="Target">Of a symbolic link: its bytes.</param>
public sealed record SourceEntry(
    PathName Name,
    EntryKind Kind,
    Validator? Validator = null,
    UnixTime? ModifiedAt = null,
    ImmutableArray<byte> Target = default);
