using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using VirtualView.Cli.Daemons;
using VirtualView.Cli.Printing;
using VirtualView.Core.Paths;
using VirtualView.Service.Answers;
using VirtualView.Service.Json;

namespace VirtualView.Cli.Commands;

/// <summary><c>snapshots</c>: lists, compares, keeps and drops the states that the view had.</summary>
internal sealed class SnapshotsCommand(Terminal terminal)
{
    // Two snapshots of a large view may have much to compare.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private readonly Argument<string> _from = new("A") { Description = "The number or the name of a snapshot" };
    private readonly Argument<string> _to = new("B") { Description = "Another one" };
    private readonly Argument<string> _id = new("ID") { Description = "The number or the name of a snapshot" };
    private readonly Argument<string> _name = new("NAME") { Description = "1 to 255 bytes without '/', not digits alone" };
    private readonly Argument<string> _dropped = new("NAME") { Description = "The name it is kept under" };
    private readonly Option<string?> _mount = new("--mount") { HelpName = "DIR", Description = "Of the view that is mounted at DIR", Recursive = true };
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _json = CommonOptions.Json();

    public Command Build()
    {
        (_config.Recursive, _json.Recursive) = (true, true);
        var list = new Command("list", "Show the snapshots that can be opened");
        list.SetAction(ListAsync);
        var diff = new Command("diff", "Show what differs between two snapshots") { _from, _to };
        diff.SetAction(DiffAsync);
        var keep = new Command("keep", "Keep a snapshot, and what is cached of it, under a name") { _id, _name };
        keep.SetAction(KeepAsync);
        var drop = new Command("drop", "Keep a snapshot no longer") { _dropped };
        drop.SetAction(DropAsync);
        var command = new Command("snapshots", "List, compare, keep and drop snapshots of the view") { list, diff, keep, drop, _mount, _config, _json };
        command.SetAction(ListAsync);
        return command;
    }

    private Task<int> ListAsync(ParseResult parsed, CancellationToken cancel) =>
        AskAsync(parsed, client => client.GetAsync("/v1/snapshots", cancel), answer => Columns.Print(
            terminal.Output,
            ["SNAPSHOT", "TAKEN", "NAME"],
            JsonSerializer.Deserialize(answer, ControlJson.Default.SnapshotsAnswer)!.Snapshots.Select(info =>
                new[] { $"{info.Number}{(info.IsCurrent ? " (now)" : "")}", $"{info.TakenAt:yyyy-MM-dd HH:mm:ss'Z'}", info.Name ?? "" })));

    private Task<int> DiffAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (from, to) = (Uri.EscapeDataString(parsed.GetRequiredValue(_from)), Uri.EscapeDataString(parsed.GetRequiredValue(_to)));
        return AskAsync(parsed, client => client.GetAsync($"/v1/snapshots/diff?from={from}&to={to}", cancel), answer =>
        {
            foreach (var change in JsonSerializer.Deserialize(answer, ControlJson.Default.SnapshotComparison)!.Changes)
                terminal.Output.WriteLine($"{change.Kind,-8} {change.Path}");
        });
    }

    private Task<int> KeepAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (id, name) = (parsed.GetRequiredValue(_id), parsed.GetRequiredValue(_name));
        if (!PathName.IsLegal(Encoding.UTF8.GetBytes(name)) || name.All(char.IsAsciiDigit))
            return Task.FromResult(terminal.Report(new Failure(ExitCode.WrongUse, $"'{name}' can be no name of a snapshot: 1 to 255 bytes without '/', and not digits alone")));
        var body = JsonContent.Create(new KeepRequest(id, name), ControlJson.Default.KeepRequest);
        return AskAsync(parsed, client => client.PostAsync("/v1/snapshots/keep", body, cancel), answer =>
            terminal.Output.WriteLine($"snapshot {JsonSerializer.Deserialize(answer, ControlJson.Default.SnapshotInfo)!.Number} is kept as '{name}'"));
    }

    private Task<int> DropAsync(ParseResult parsed, CancellationToken cancel)
    {
        var name = parsed.GetRequiredValue(_dropped);
        var body = JsonContent.Create(new DropRequest(name), ControlJson.Default.DropRequest);
        return AskAsync(parsed, client => client.PostAsync("/v1/snapshots/drop", body, cancel), answer =>
            terminal.Output.WriteLine($"snapshot {JsonSerializer.Deserialize(answer, ControlJson.Default.SnapshotInfo)!.Number} is not kept as '{name}' any more"));
    }

    private async Task<int> AskAsync(ParseResult parsed, Func<DaemonClient, Task<Attempt<string>>> ask, Action<string> print)
    {
        var found = DaemonChoice.Choose(parsed.GetValue(_mount), parsed.GetValue(_config));
        if (!found.IsOk) return terminal.Report(found.Failure);
        using var client = new DaemonClient(found.Value.Record, Timeout);
        var answer = await ask(client);
        if (!answer.IsOk) return terminal.Report(answer.Failure);
        if (parsed.GetValue(_json)) terminal.Output.WriteLine(answer.Value);
        else print(answer.Value);
        return (int)ExitCode.Done;
    }
}
