using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Engine.Polling;

/// <summary>What one source shows under a name.</summary>
internal sealed record Candidate(SourceId Source, SourceEntry Entry);
