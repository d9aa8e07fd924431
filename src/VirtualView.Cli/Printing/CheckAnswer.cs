using VirtualView.Cli.Configuration.Reading;

namespace VirtualView.Cli.Printing;

/// <summary>What <c>config check --json</c> prints.</summary>
internal sealed record CheckAnswer(string File, bool Ok, IReadOnlyList<Mistake> Mistakes);
