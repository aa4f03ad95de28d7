namespace BriData.Policy.Analysis.Solving;

/// <summary>Which part of a fact a variable is.</summary>
internal enum VariableRole
{
    /// <summary>The value.</summary>
    Value,

    /// <summary>Whether a set holds a code: 0 no, 1 yes.</summary>
    Member,

    /// <summary>Whether a set is stated at all: 0 yes, 1 no.</summary>
    Stated,
}
