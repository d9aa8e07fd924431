namespace VirtualView.Testing.Sources;

public enum SourceOperation
{
    List,
    Stat,
    Read,
}
