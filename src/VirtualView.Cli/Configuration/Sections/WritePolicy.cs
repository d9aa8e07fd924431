namespace VirtualView.Cli.Configuration.Sections;

/// <summary>What becomes of what is written.</summary>
internal enum WritePolicy
{
    Publish,
    Private,
    Deny,
}
