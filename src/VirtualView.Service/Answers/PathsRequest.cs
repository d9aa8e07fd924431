using System.Collections.Immutable;

namespace VirtualView.Service.Answers;

/// <summary>The body of requests about files: paths in the view, or globs over them, as text that shows any byte.</summary>
public sealed record PathsRequest(ImmutableArray<string> Paths);
