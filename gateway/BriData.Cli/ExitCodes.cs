namespace BriData.Cli;

/// <summary>What the process says to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>Done, and everything is as it should be.</summary>
    public const int Ok = 0;

    /// <summary>Done, and something is not as it should be: a decision differs, a case fails.</summary>
    public const int Found = 1;

    /// <summary>The arguments or a file are not in order.</summary>
    public const int Usage = 2;

    /// <summary>Not done: refused, unreachable, or cut off before the end.</summary>
    public const int Failed = 3;
}
