namespace VirtualView.Core.Sources.Writing;

/// <summary>How a target keeps us from replacing what somebody else has written meanwhile.</summary>
public enum ConditionProof
{
    /// <summary>The request carries the condition, and the target refused one that did not hold.</summary>
    Conditions,

    /// <summary>A lock, under which the target refused a request without its token, holds between the look and the change.</summary>
    Locks,

    /// <summary>What was displaced is looked at, and put back if it was not what it should be.</summary>
    Exchange,
}
