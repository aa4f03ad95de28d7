namespace BriData.Gateway.CrashHost;

/// <summary>Where a process ends, seen from one storage call.</summary>
internal enum Death
{
    /// <summary>Not at this call.</summary>
    None,

    /// <summary>Before the call: nothing of it is stored.</summary>
    Before,

    /// <summary>After it: all of it is stored, and nobody has been told.</summary>
    After,
}
