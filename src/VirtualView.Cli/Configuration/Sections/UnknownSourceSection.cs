namespace VirtualView.Cli.Configuration.Sections;

/// <summary>Stands for a source whose kind says nothing of its keys, so that what names it is no mistake as well.</summary>
internal sealed record UnknownSourceSection : SourceSection;
