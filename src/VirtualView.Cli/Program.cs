using VirtualView.Cli;
using VirtualView.Cli.Mounting.Detaching;
using VirtualView.Cli.Sessions;

BackgroundChild.Detach();
try
{
    if (InnerRun.IsAsked) return await InnerRun.RunAsync(Terminal.Standard, CancellationToken.None);
    return await CommandLine.RunAsync(args, Terminal.Standard, TimeProvider.System, CancellationToken.None);
}
catch (UnwritableOutputException unwritable)
{
    return Terminal.Standard.Report(new Failure(ExitCode.Failed, $"standard output cannot be written: {unwritable.Message}"));
}
catch (Exception defect)
{
    // The edge of the process: whatever no command expected is a defect of ours, and still one line with its cause.
    var cause = defect.ToString().ReplaceLineEndings(" | ");
    return Terminal.Standard.Report(new Failure(ExitCode.Failed, $"unexpected failure, please report it: {cause}"));
}
