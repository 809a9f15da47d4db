using System.Runtime.CompilerServices;

// Every native signature is blittable, so no marshalling stub may creep in.
[assembly: DisableRuntimeMarshalling]
