namespace VirtualView.Testing.Sources.Writing;

public enum TargetOperation
{
    Prove,
    Look,
    Stage,
    Commit,
    Put,
    MakeDirectory,
    Rename,
    Delete,
    Drop,
    Clear,
}
