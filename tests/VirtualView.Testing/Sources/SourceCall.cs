using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;

namespace VirtualView.Testing.Sources;

/// <summary>A call as it reached a <see cref="FaultySource"/>.</summary>
/// <param name="Number">Counted from 0 over all calls of the source.</param>
/// <param name="Range">Of a read; else empty.</param>
public sealed record SourceCall(int Number, SourceOperation Operation, VirtualPath Path, ByteRange Range);
