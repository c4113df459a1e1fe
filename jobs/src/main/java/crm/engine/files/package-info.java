/** Files on any Hadoop file system: their paths, whole replacement, hashes, and commits on S3. */
package crm.engine.files;
