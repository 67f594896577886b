/**
 * What {@code food doctor} looks at: Java, processor, memory, folders, engines, GPU.
 *
 * <p>Each check runs guarded: a library that does not load is a finding, not a crash. A check says
 * what it found and, unless all is well, what to do. Depends on the engines themselves and on no
 * other package of the project.
 */
package org.food4j.cli.doctor;
