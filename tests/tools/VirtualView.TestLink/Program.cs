using System.Net.Sockets;
using System.Runtime.InteropServices;
using VirtualView.Tools;

if (CommandLine.TryParse(args, out var problem) is not { } command)
{
    Console.Error.WriteLine($"testlink: {problem}\n{CommandLine.Usage}");
    return 2;
}

var link = new TestLink(command.Link);
try
{
    await link.StartAsync();
}
catch (SocketException e)
{
    Console.Error.WriteLine($"testlink: cannot listen at {command.Link.Listen}: {e.Message}");
    return 1;
}

using var stop = new CancellationTokenSource();
using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

Console.WriteLine($"listening {link.Endpoint}");
var serving = Task.CompletedTask;
if (command.Control is { } at)
{
    var control = new ControlServer(link, at);
    Console.WriteLine($"control {control.Start()}");
    serving = control.RunAsync(stop.Token);
}

// Reading standard input cannot be cancelled, so it has a thread that dies with the process.
new Thread(ObeyStandardInput) { IsBackground = true, Name = "standard input" }.Start();

var ended = new TaskCompletionSource();
using (stop.Token.Register(ended.SetResult))
    await ended.Task;
await serving;
await link.DisposeAsync();
Console.WriteLine(LinkCommand.Execute(link, "stats"));
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

void ObeyStandardInput()
{
    // The end of the input is no command: a script may have started us with none.
    while (Console.In.ReadLine() is { } line)
        Console.WriteLine(LinkCommand.Execute(link, line));
}
