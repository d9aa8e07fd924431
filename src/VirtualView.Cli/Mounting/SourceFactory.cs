using Microsoft.Extensions.Logging;
using VirtualView.Cli.Configuration.Sections;
using VirtualView.Core.Sources;
using VirtualView.Core.State;
using VirtualView.Sources.Http;
using VirtualView.Sources.Local;

namespace VirtualView.Cli.Mounting;

/// <summary>Makes the sources that a configuration names.</summary>
internal sealed class SourceFactory(IStateStore state, TimeProvider clock, ILoggerFactory logs)
{
    /// <exception cref="IOException">A secret cannot be had any more, though it could when the configuration was checked.</exception>
    public async ValueTask<ISource> MakeAsync(string name, SourceSection section, CancellationToken cancel)
    {
        var id = await state.IdentifySourceAsync(Origin(section), cancel);
        return section switch
        {
            HttpSourceSection http => new HttpSource(id, name, Options(name, http), clock, logs.CreateLogger<HttpSource>()),
            LocalSourceSection local => new LocalSource(id, name, new LocalSourceOptions { Path = local.Path! }, clock, logs.CreateLogger<LocalSource>()),
            _ => throw new NotSupportedException($"the source '{name}' is of a kind that passed the checks but is not built"),
        };
    }

    /// <summary>Kind and address: what the source is remembered by. The same place written in two ways is one origin.</summary>
    private static string Origin(SourceSection section) => section switch
    {
        HttpSourceSection http => $"Http {new Uri(http.Url!).GetLeftPart(UriPartial.Path).TrimEnd('/')}/",
        LocalSourceSection local => $"Local {Path.GetFullPath(local.Path!).TrimEnd('/')}/",
        _ => throw new NotSupportedException($"{section.Kind} has no origin"),
    };

    private static HttpSourceOptions Options(string name, HttpSourceSection http) => new()
    {
        Url = new Uri(http.Url!),
        Headers = http.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.TryResolve(out var value, out var problem)
                ? value
                : throw new IOException($"the header {header.Key} of the source '{name}': {problem}")),
        MaxConnections = http.MaxConnections,
        ConnectTimeout = http.ConnectTimeout,
        TrustETags = http.TrustETags,
        Listing = http.Listing,
        Protocol = http.Protocol,
        CaFile = http.CaFile,
        SecondLook = http.SecondLook,
    };
}
