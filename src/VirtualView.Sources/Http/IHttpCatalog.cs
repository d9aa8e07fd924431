using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>What there is at a server, in one of the ways in which servers tell it.</summary>
internal interface IHttpCatalog
{
    ValueTask<SourceOutcome<IReadOnlyList<SourceEntry>>> ListAsync(VirtualPath directory, CancellationToken cancel);

    ValueTask<SourceOutcome<SourceEntry>> StatAsync(VirtualPath path, CancellationToken cancel);

    /// <summary>How an answer shows that it is of the version that this catalog had described so.</summary>
    ValueTask<SourceOutcome<HttpExpectation>> ExpectAsync(VirtualPath path, Validator version, CancellationToken cancel);
}
