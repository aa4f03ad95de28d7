namespace BriData.Contracts;

/// <summary>Marks a grain interface that only grains may call. A silo refuses such a call from a client.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SiloOnlyAttribute : Attribute;
