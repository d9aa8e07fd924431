using System.Collections.Immutable;
using VirtualView.Core.Paths;

namespace VirtualView.Engine.Polling.Deletions;

/// <summary>What a source's last listing of one directory lacked.</summary>
/// <param name="Files">All of it, with what was known below.</param>
/// <param name="IsRootEmpty">True when that was the source's root, and nothing else was in it.</param>
internal sealed record MissingEntries(ImmutableHashSet<PathName> Names, FileCount Files, bool IsRootEmpty);
