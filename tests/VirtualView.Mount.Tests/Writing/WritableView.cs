using VirtualView.Mount.Tests.Daemon;
using VirtualView.Testing.Files;
using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>A view that can be written, over a folder, and a place on the disk to compare with; all users are let in.</summary>
internal sealed class WritableView : IAsyncDisposable
{
    private const string Begin = "set -euo pipefail; umask 022; export HOME=$3 GIT_CONFIG_NOSYSTEM=1; MNT=$1 SOURCE=$2 DISK=$3 TESTS=$4; cd \"$DISK\"\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HostFolder _source = new();
    private readonly HostFolder _disk = new();
    private MountedView? _view;

    public MountedView View => _view!;

    /// <param name="prepare">Fills the source before it is mounted: a script as of <see cref="RunAsync"/>.</param>
    public static async Task<WritableView> StartAsync(string prepare = "")
    {
        var made = new WritableView();
        (await Command.RunAsync("chmod", "755", made._source.Path)).Succeeded();
        (await made.ScriptAsync("", prepare)).Succeeded();
        made._view = await MountedView.MountConfiguredAsync($$"""
            { "VirtualView": {
                "View": { "Name": "written", "MountPoint": "MNT", "StateDirectory": "STATE", "ReadOnly": false,
                          "AllowOther": {{(Environment.IsPrivilegedProcess ? "true" : "false")}} },
                "Sources": { "folder": { "Kind": "Local", "Path": "{{made._source.Path}}" } },
                "Mappings": [ { "At": "/", "Sources": [ "folder" ] } ] } }
            """);
        (await Command.RunAsync("chmod", "755", Path.GetDirectoryName(made.View.MountPoint)!)).Succeeded();
        return made;
    }

    /// <summary>Runs a script that must succeed, with <c>MNT</c>, <c>SOURCE</c>, <c>DISK</c> (a folder to compare with) and <c>TESTS</c>.</summary>
    public async Task<string> RunAsync(string script, TimeSpan? patience = null) => (await ScriptAsync(View.MountPoint, script, patience)).Succeeded();

    public async ValueTask DisposeAsync()
    {
        if (_view is not null) await _view.DisposeAsync();
        _disk.Dispose();
        _source.Dispose();
    }

    private Task<CommandResult> ScriptAsync(string mountPoint, string script, TimeSpan? patience = null) => Command.RunAsync(
        patience ?? Patience, "bash", "-c", Begin + script, "bash", mountPoint, _source.Path, _disk.Path, Path.Combine(RepositoryFolder.Path, "tests", "python"));
}
