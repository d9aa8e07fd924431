using VirtualView.Cli.Configuration.Checks;
using VirtualView.Cli.Configuration.Sections;

namespace VirtualView.Cli.Mounting;

/// <summary>Makes a plan from an address and a folder alone.</summary>
internal static class AddressPlan
{
    private const string SourceName = "source";
    private const int MaxNameLength = 32;

    private static readonly string[] Later = ["sftp", "s3", "dav", "davs", "root", "xroot", "globus"];

    public static Attempt<DaemonPlan> Make(string address, string mountPoint, bool readOnly)
    {
        var source = Source(address);
        if (!source.IsOk) return source.Failure;
        if (source.Value is LocalSourceSection { Path: { } folder } && Overlap(folder, mountPoint) is { } overlap) return overlap;
        var section = new VirtualViewSection
        {
            View = new ViewSection { Name = Name(address), MountPoint = mountPoint },
            Sources = new VirtualViewSection().Sources.Add(SourceName, source.Value),
            Mappings = [new MappingSection { At = "/", Sources = [SourceName] }],
        };
        return DaemonPlan.OfAddress(section, readOnly, address);
    }

    private static Attempt<SourceSection> Source(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal) is var end and > 0 ? address[..end].ToLowerInvariant() : "";
        if (Later.Contains(scheme)) return Failure.NotAvailable($"{scheme}:// as a source");
        if (scheme.Length == 0 && address.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return Failure.NotAvailable($"a view definition ({HttpChecks.Hide(address)}) in place of an address");
        return scheme switch
        {
            "http" or "https" => HttpChecks.UrlProblem(address) is { } problem
                ? new Failure(ExitCode.WrongUse, $"the address {problem}")
                : new HttpSourceSection { Kind = "Http", Url = address },
            "file" => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host.Length == 0 && url.LocalPath.StartsWith('/')
                ? new LocalSourceSection { Kind = "Local", Path = url.LocalPath }
                : new Failure(ExitCode.WrongUse, $"'{address}' is not the address of a local folder: write file:///ABSOLUTE/PATH"),
            _ => new Failure(ExitCode.WrongUse, $"'{HttpChecks.Hide(address)}' is not an address that can be mounted: write http://, https:// or file:///ABSOLUTE/PATH"),
        };
    }

    private static Failure? Overlap(string folder, string mountPoint) =>
        PathChecks.Holds(folder, mountPoint) || PathChecks.Holds(mountPoint, folder)
            ? new Failure(ExitCode.WrongUse, $"{folder} and the mount point {mountPoint} lie inside each other, so the daemon would wait for itself: choose another mount point")
            : null;

    /// <summary>The last part of the path, else the host: <c>https://data.org/exp/</c> is <c>exp</c>.</summary>
    private static string Name(string address)
    {
        var url = new Uri(address);
        var last = Uri.UnescapeDataString(url.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? url.Host;
        var legal = string.Concat(last.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_')).TrimStart('.');
        return legal.Length == 0 ? "view" : legal[..Math.Min(legal.Length, MaxNameLength)];
    }
}
