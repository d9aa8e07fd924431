using System.Collections.Immutable;
using VirtualView.Core.Versions;

namespace VirtualView.Testing.Sources;

/// <summary>A file of a <see cref="MemorySource"/> at one time.</summary>
public sealed record MemoryFile(ImmutableArray<byte> Content, Validator Validator);
