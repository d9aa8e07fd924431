using System.CommandLine;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary><c>diff</c>: what was changed here and is nowhere else.</summary>
internal sealed class DiffCommand(Terminal terminal)
{
    public Command Build() =>
        new ChangesQuestion(terminal).Build("diff", "Show private changes: what differs here from the sources", _ => true);
}
