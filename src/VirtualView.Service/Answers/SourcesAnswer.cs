using System.Collections.Immutable;
using VirtualView.Engine.Status;

namespace VirtualView.Service.Answers;

/// <summary>What is known of the sources, and what each answered just now if it was asked.</summary>
public sealed record SourcesAnswer(ImmutableArray<SourceStatus> Sources, ImmutableArray<ProbeResult>? Probes);
