using System.CommandLine;

namespace VirtualView.Cli.Commands.LocalChanges;

/// <summary><c>conflicts</c>: what was changed here and at the sources.</summary>
internal sealed class ConflictsCommand(Terminal terminal)
{
    public Command Build()
    {
        var command = List("conflicts");
        command.Add(List("list"));
        command.Add(LaterCommands.Build(terminal, "conflicts resolve", "resolve", "End a conflict: keep ours, theirs or both"));
        return command;
    }

    private Command List(string name) =>
        new ChangesQuestion(terminal).Build(name, "List what was changed both here and at the sources", change => change.IsOutdated);
}
