using System.Reflection;

namespace BriData.Silo.Tests.Erasure;

/// <summary>An interface of which a test needs one method. Not sealed: the runtime derives from it.</summary>
public class GrainProxy : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _invoke = null!;

    /// <param name="invoke">Answers every call.</param>
    public static T Of<T>(Func<MethodInfo, object?[], object?> invoke)
        where T : class
    {
        var made = Create<T, GrainProxy>();
        ((GrainProxy)(object)made)._invoke = invoke;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _invoke(targetMethod!, args ?? []);
}
